"""What business software may send, as the description of the interface shows it."""

from collections.abc import Mapping
from typing import Any

_Examples = Mapping[str, Any]

TOKEN: _Examples = {"credentials": {"filer_id": "KICA6288", "filer_password": "filer password of samples"}}
APPLICATIONS: _Examples = {
    "continuation": {
        "applications": [
            {
                "procedure": "continuation",
                "application_password": "application password of samples",
                "notification_email": "taro@example.jp",
                "plate_number": "品川-580-さ-1234",
                "chassis_number": "AX01-0000001",
                "applicant_name": "見本商会",
                "user_name": "見本太郎",
                "office": "TK01",
                "insurance_reference": "INS-0000001",
                "compliance_reference": "CMP-0000001",
            }
        ]
    },
    "new_vehicle": {
        "applications": [
            {
                "procedure": "new_vehicle",
                "application_password": "application password of samples",
                "chassis_number": "AX01-0000002",
                "model": "5BA-AX01",
                "applicant_name": "見本商会",
                "user_name": "見本太郎",
                "owner_name": "見本花子",
                "office": "TK01",
                "completion_reference": "CPL-0000001",
                "insurance_reference": "INS-0000002",
            }
        ]
    },
}
WITHDRAWAL: _Examples = {"withdrawal": {}}
CORRECTION: _Examples = {"correction": {"fields": {"user_name": "見本次郎", "chassis_number": "AX01-0000003"}}}
